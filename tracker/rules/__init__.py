"""Pure decisions: dates, standing, terms, schedules and why. No session, no clock, no printing."""
