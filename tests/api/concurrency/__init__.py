"""What happens when many do the same at once, when processes are killed, and when clients hang up."""
