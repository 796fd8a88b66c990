"""The review page: a server on this machine that shows, plays and keeps every decision about a transcript.

==============  =====================================================================================
`desk`          the transcript on the table: actions, undo and redo, what changed since when
`steps`         what an action may consist of, checked as it comes from the page
`store`         the record behind it, saved at every action, and the history of actions
`shown`         a cue as the page gets it: pieces, edits, what asks for attention
`learn`         "always" and "never": what decisions teach a lexicon file
`similar`       the other places that a decision may be meant for
`sound`         the recording: served by range, and its waveform
`guard`         who may ask: Host, Origin, token, size, and the headers of every answer
`app`           the addresses, and what each answers
`report`        what was changed and why, as one page without a server
==============  =====================================================================================
"""
