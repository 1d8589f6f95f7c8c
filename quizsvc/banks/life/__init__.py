"""The life of a question: draft → reviewed → approved → retired, with two people who look, the second one blind."""
