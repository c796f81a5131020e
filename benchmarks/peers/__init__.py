"""Other ways of doing the same work, each written as well as its tool allows."""
