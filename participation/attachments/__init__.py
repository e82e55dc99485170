"""Attachments: pictures and documents of whatever has a folder; taken, made harmless, handed out."""
