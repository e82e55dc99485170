"""Django's stock admin for superusers: read only, since no state is written there."""
