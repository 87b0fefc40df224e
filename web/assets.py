"""Static files: the widget's modules, pictures and styles."""

from pathlib import Path

from web.kinds import App

STATIC = Path(__file__).parent / "static"


def serve(app: App) -> None:
    """Serve the static files, revalidated by the browser at each use."""
    # An index that no folder has turns requests for folders into an ordinary "not found".
    app.static("/static", STATIC, name="static", use_modified_since=True, index="index.html")
