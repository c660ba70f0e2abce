"""An independent maker of consistent province workbooks whose every figure is known."""
