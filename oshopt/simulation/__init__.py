"""What happens to people under a plan, with its spread."""
