"""Quality checks of what is recorded: named findings, each pure and cheap; ``catalogue`` lists them all."""
