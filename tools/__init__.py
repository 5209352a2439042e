"""Scripts that write what can be written: generated pages, the examples, the images. Not in the wheel."""
