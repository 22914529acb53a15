import pytest


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """Start Debian's Chromium, and let it speak to nobody on its own account."""
    quiet = "no-sandbox disable-gpu disable-quic no-first-run disable-background-networking"
    quiet += " disable-component-update disable-sync disable-dev-shm-usage"
    return {"executable_path": "/usr/bin/chromium", "args": [f"--{flag}" for flag in quiet.split()]}
