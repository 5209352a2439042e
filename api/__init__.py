"""The HTTP door: the API under /v1 and one page. It imports guidegen; guidegen never imports it."""
