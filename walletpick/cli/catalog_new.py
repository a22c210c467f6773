import click
@click.command(name="new")
def command() -> None:
    """x"""
