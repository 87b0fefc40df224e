"""Import finder for packages that Rasa imports everywhere and a lean pipeline uses nowhere.

Rasa 3.6 imports TensorFlow, the SDKs of a dozen chat platforms and two cloud databases whether or not they
are used. This environment leaves them out; the finder answers those imports with stand-ins that can be
subclassed, named in annotations and caught as exceptions, and that raise `LeftOutError` once something calls
them.

`aisle_standins.pth` registers the finder at interpreter start. It comes last on `sys.meta_path`, so a package
that is really installed is always found first and the stand-in never made. The module imports nothing but
`sys` for a cheap start. The same file turns Rasa's telemetry off in this environment.
"""

import sys

TENSORFLOW = "TensorFlow"

LEFT_OUT = {
    "tensorflow": TENSORFLOW,
    "tensorflow_hub": TENSORFLOW,
    "tensorflow_text": TENSORFLOW,
    "tensorflow_addons": TENSORFLOW,
    "keras": TENSORFLOW,
    "aiogram": "the Telegram SDK",
    "boto3": "the AWS SDK",
    "botocore": "the AWS SDK",
    "cachecontrol": "the Google Hangouts SDK",
    "fbmessenger": "the Facebook Messenger SDK",
    "google": "the Google SDK",
    "pymongo": "the MongoDB driver",
    "slack_sdk": "the Slack SDK",
    "socketio": "the Socket.IO server",
    "twilio": "the Twilio SDK",
    "webexteamssdk": "the Webex SDK",
}


class LeftOutError(ImportError):
    """Something really needs a package that this environment leaves out.

    An ImportError, so that libraries which probe for an optional package and catch ImportError go on without
    it.
    """


def register():
    """Put the finder last on `sys.meta_path`; a second call changes nothing."""
    if not any(isinstance(finder, StandInFinder) for finder in sys.meta_path):
        sys.meta_path.append(StandInFinder(LEFT_OUT))


def hide(*names):
    """In this process, answer the import of these modules with stand-ins although they are installed.

    For a process that starts often and never uses them; call it before anything imports them.
    """
    sys.meta_path.insert(0, StandInFinder(dict.fromkeys(names)))


class StandInFinder:
    """Finds the modules it is told to and everything below them."""

    def __init__(self, names):
        self._names = names

    def find_spec(self, fullname, path=None, target=None):
        """Return a spec for a module that a stand-in answers for; None for any other name."""
        parts = fullname.split(".")
        if not any(".".join(parts[:length]) in self._names for length in range(1, len(parts) + 1)):
            return None
        from importlib.machinery import ModuleSpec

        return ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec):
        """Make the stand-in module; its attributes appear as they are asked for."""
        return _stand_in_module(spec.name)

    def exec_module(self, module):
        """Nothing to run: a stand-in has no code."""


def _stand_in_module(name):
    from types import ModuleType

    class StandInModule(ModuleType):
        def __getattr__(self, attribute):
            return _attribute(self, self.__name__, attribute)

    return StandInModule(name)


def _attribute(owner, owner_name, attribute):
    """Make, keep and return the stand-in class that answers `owner.attribute`."""
    if attribute.startswith("_"):
        raise AttributeError(f"{owner_name} is a stand-in and has no {attribute}")
    qualified = f"{owner_name}.{attribute}"
    if attribute.endswith(("Error", "Exception", "Failure")):
        made = type(attribute, (Exception,), {"__module__": owner_name})
    else:
        made = _stand_in_type()(attribute, (), {"__module__": owner_name, "_stands_for": qualified})
    setattr(owner, attribute, made)
    return made


def _stand_in_type():
    """Return the metaclass of stand-in classes, made once: an ABCMeta, to mix with any other base."""
    if not _made:
        from abc import ABCMeta

        class StandInType(ABCMeta):
            def __getattr__(cls, attribute):
                return _attribute(cls, cls._stands_for, attribute)

            def __call__(cls, *arguments, **options):
                raise LeftOutError(_complaint(cls._stands_for, sys._getframe(1)))

        _made.append(StandInType)
    return _made[0]


_made = []


def _complaint(stands_for, frame):
    package = LEFT_OUT.get(stands_for.partition(".")[0])
    if package is None:
        return f"{_user_of(frame)} called {stands_for}, which this process hides from its imports"
    return (
        f"{_user_of(frame)} needs {package}, which this environment leaves out (it called {stands_for}); "
        "use a component that does without it, or Rasa's official environment (Python 3.10)"
    )


def _user_of(frame):
    """Name the Rasa component that a frame belongs to; failing that, the module that made the call."""
    caller = frame.f_globals.get("__name__", "a module")
    while frame is not None:
        owner = frame.f_locals.get("self", frame.f_locals.get("cls"))
        kind = owner if isinstance(owner, type) else type(owner)
        if any(base.__name__ == "GraphComponent" for base in kind.__mro__):
            return f"component {kind.__name__}"
        frame = frame.f_back
    return caller
