"""Terms gleaned from texts: from documents, from one transcript, from what an editor changed."""
