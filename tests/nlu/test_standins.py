"""The import finder, in interpreters of their own."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(code: str, *, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], cwd=cwd, capture_output=True, text=True
    )


def output_of(code: str, *, cwd: Path = ROOT) -> str:
    done = run(code, cwd=cwd)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_stand_ins_can_be_imported_subclassed_annotated_and_caught() -> None:
    code = """
from abc import ABC
from typing import Optional, Tuple
import tensorflow as tf
import tensorflow.keras.backend as K
from keras.utils import tf_utils
from tensorflow.python.eager.wrap_function import WrappedFunction
from pymongo.errors import ConnectionFailure
class Layer(tf.keras.layers.Layer, ABC):
    def call(self, x: Optional[tf.Tensor], *y: Tuple[tf.Tensor, ...]): ...
try:
    raise ValueError
except (ConnectionFailure, ValueError):
    print(Layer.__mro__[1].__name__, tf.float32 is tf.float32, hasattr(tf, '__path__'), hasattr(tf, '_x'))
"""
    assert output_of(code) == "Layer True True False"


def test_a_component_that_needs_tensorflow_is_told_so_by_name() -> None:
    code = """
import tensorflow as tf
class GraphComponent: ...
class Neural(GraphComponent):
    def train(self):
        return tf.keras.layers.Dense(3)
Neural().train()
"""
    done = run(code)
    assert done.returncode == 1
    last = done.stderr.strip().splitlines()[-1]
    assert "component Neural needs TensorFlow, which this environment leaves out" in last
    assert "tensorflow.keras.layers.Dense" in last


def test_an_optional_use_sees_an_import_error() -> None:
    code = """
try:
    import tensorflow
    tensorflow.config.list_physical_devices()
except ImportError:
    print('goes on')
"""
    assert output_of(code) == "goes on"


def test_an_installed_package_is_found_first(tmp_path: Path) -> None:
    (tmp_path / "tensorflow.py").write_text("real = True")
    assert output_of("import tensorflow; print(tensorflow.real)", cwd=tmp_path) == "True"


def test_other_missing_modules_stay_missing() -> None:
    assert "ModuleNotFoundError" in run("import tensorflows").stderr
    assert "ModuleNotFoundError" in run("import jax").stderr


def test_registering_costs_the_interpreter_next_to_nothing() -> None:
    code = "import sys; print(sorted(m for m in sys.modules if 'standins' in m), 'abc_ stand' in sys.modules)"
    assert output_of(code) == "['aisle_standins'] False"
    assert output_of("import sys, aisle_standins as a; a.register(); print(len(sys.meta_path))") == output_of(
        "import sys; print(len(sys.meta_path))"
    )


def test_an_installed_module_can_be_hidden() -> None:
    code = """
import aisle_standins
aisle_standins.hide('scipy.stats')
import scipy.stats, scipy.linalg
print(scipy.linalg.det([[2.0]]))
scipy.stats.norm()
"""
    done = run(code)
    assert done.stdout.strip() == "2.0"
    assert "LeftOutError" in done.stderr
    assert "hides" in done.stderr


def test_telemetry_is_off_in_this_environment() -> None:
    assert output_of("import os; print(os.environ['RASA_TELEMETRY_ENABLED'])") == "false"


@pytest.mark.parametrize("command", ["train", "shell"])
def test_rasas_own_command_line_starts(command: str) -> None:
    rasa = Path(sys.executable).with_name("rasa")
    done = subprocess.run([str(rasa), *command.split(), "--help"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
