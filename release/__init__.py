"""What a release needs: wheel and sdist built and tried in clean environments, and a report of all licences."""
