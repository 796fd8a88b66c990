"""A video from its address, Bilibili first: its sound, subtitles that exist, and what the site says of it.

`items.find_items` says which videos an address means, `download.fetch_item` brings one of them into a cache,
`evidence.add_evidence` makes terms of its metadata. All of it stands on yt-dlp (extra ``download``), which is loaded
when an address is given.
"""
