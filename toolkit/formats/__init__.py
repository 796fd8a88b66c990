"""Subtitle and transcript files, read and written without loss."""
