"""The theorem on changed instances, each an instance of its own with its own `Checked`.

- `changes`: instances changed in one place;
- `cells`: Theorem 2 under every reading of what the paper leaves open; `depends`: what its truth depends on;
- `relaxations`: hypotheses as switches; `minimal`: which of them the conclusion needs; `settle`: n proved, or refuted;
- `conditions`: Def. 4 for each permutation, on the instance as it is.
For each question, `*_text` prints the answer and `*_document` makes its JSON.
"""
