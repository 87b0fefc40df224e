"""Serving without the modules it hides must load the same classifier and trust it as much."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

CODE = """
import sys
from nlu import lean_imports
lean_imports.hide_unused()
lean_imports.trust_few_types()
import numpy as np, skops.io as sio
from sklearn.linear_model import LogisticRegression
fitted = LogisticRegression().fit(np.array([[0.0], [1.0]]), ["a", "b"])
path = sys.argv[1]
sio.dump(fitted, path)
assert sio.get_untrusted_types(file=path) == [], sio.get_untrusted_types(file=path)
assert (sio.load(path, trusted=[]).predict_proba([[0.3]]) == fitted.predict_proba([[0.3]])).all()
print("same")
"""


def test_a_stored_classifier_is_trusted_and_the_same(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "ignore", "-c", CODE, str(tmp_path / "classifier.skops")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "same", done.stderr


def test_an_unknown_type_is_not_trusted(tmp_path: Path) -> None:
    code = CODE.replace(
        "sio.dump(fitted, path)", "import fractions; sio.dump([fractions.Fraction(1, 2)], path)"
    )
    command = [sys.executable, "-W", "ignore", "-c", code, str(tmp_path / "other.skops")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert "AssertionError: ['fractions.Fraction']" in done.stderr
