"""The pages: rendered on the server, readable without JavaScript, quicker with it. No build step, nothing inline."""
