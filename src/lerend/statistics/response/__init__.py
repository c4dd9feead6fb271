"""How a questionnaire was answered, and what missing answers do: of groups, never of persons."""
