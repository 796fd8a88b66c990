"""The pairing of `zimu bilingual`, measured on generated pairs of files of which the truth is known."""
