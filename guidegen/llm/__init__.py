"""Messages to text: one language model behind a port, its faults in our words, and fakes that ship."""
