"""oshopt: which money on which safety measure in which year, how many years of safe service it buys, how sure."""
