"""What people call things: names, references and slips of the hand, told apart in one place."""
