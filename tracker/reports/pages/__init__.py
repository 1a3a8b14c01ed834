"""How each report is laid out as a document: one file per report, named like it. Decides nothing, computes nothing."""
