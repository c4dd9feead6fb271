"""What a pilot could show before it starts: the smallest effect that can be seen, and with which chance."""
