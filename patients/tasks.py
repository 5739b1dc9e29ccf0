"""What the worker does in the background."""

from django_tasks import task

LETTERS_OF_A_TASK = 10


@task()
def make_letters(batch: int) -> None:
    """Some of the letters of a batch; several workers share one."""
    from . import letter_batches

    letter_batches.work_on(batch, LETTERS_OF_A_TASK)
