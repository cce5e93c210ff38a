"""What only a real JupyterLab in a real browser can show: the labs first of all."""
