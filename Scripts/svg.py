"""Charts as SVG text, with nothing but the standard library."""

import math
from xml.sax.saxutils import escape

INK, GRID, BLUE, ORANGE, SHADE = "#333333", "#e4e4e4", "#2b6cb0", "#dd6b20", "#f3f3f3"
WIDTH, HEIGHT = 760, 440
LEFT, RIGHT, TOP, BOTTOM = 84, 28, 64, 64


def short(value):
    """A number as an axis shows it."""
    for size, letter in ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= size:
            return f"{value / size:g}{letter}"
    return f"{value:g}"


class Axis:
    """One direction of a chart: from values to pixels, and where the ticks are."""

    def __init__(self, low, high, begin, end, log=False):
        self.low, self.high, self.begin, self.end, self.log = low, high, begin, end, log

    def place(self, value):
        if self.log:
            share = math.log(value / self.low) / math.log(self.high / self.low)
        else:
            share = (value - self.low) / (self.high - self.low)
        return self.begin + share * (self.end - self.begin)

    def ticks(self):
        if self.log:
            first = math.ceil(math.log10(self.low) - 1e-9)
            last = math.floor(math.log10(self.high) + 1e-9)
            step = max(1, round((last - first) / 8))
            return [10.0**power for power in range(first, last + 1, step)]
        rough = (self.high - self.low) / 6
        unit = 10.0 ** math.floor(math.log10(rough))
        step = next(unit * factor for factor in (1, 2, 5, 10) if unit * factor >= rough)
        count = math.floor((self.high - self.low) / step + 1e-9)
        return [self.low + step * index for index in range(count + 1)]


class Chart:
    """Axes, marks and words on a white ground."""

    def __init__(self, title, note, x, y, x_title, y_title):
        self.x = Axis(x[0], x[1], LEFT, WIDTH - RIGHT, log=len(x) > 2 and x[2])
        self.y = Axis(y[0], y[1], HEIGHT - BOTTOM, TOP, log=len(y) > 2 and y[2])
        self.marks, self.legend, self.under = [], [], []
        self.title, self.note, self.x_title, self.y_title = title, note, x_title, y_title
        self.x_ticks = [(tick, short(tick)) for tick in self.x.ticks()]
        self.y_ticks = [(tick, short(tick)) for tick in self.y.ticks()]

    def text(self, x, y, words, anchor="middle", size=12, color=INK, more=""):
        return (f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" fill="{color}"{more}>'
                f"{escape(words)}</text>")

    def band(self, low, high):
        """A shaded range behind everything."""
        left, right = self.x.place(max(low, self.x.low)), self.x.place(min(high, self.x.high))
        self.under.append(f'<rect x="{left:.1f}" y="{TOP}" width="{right - left:.1f}" '
                          f'height="{HEIGHT - TOP - BOTTOM}" fill="{SHADE}"/>')

    def bar(self, low, high, value, color=BLUE):
        left, right = self.x.place(low), self.x.place(high)
        top, ground = self.y.place(value), self.y.place(self.y.low)
        self.marks.append(f'<rect x="{left:.1f}" y="{top:.1f}" width="{max(0.6, right - left - 0.4):.1f}" '
                          f'height="{max(0, ground - top):.1f}" fill="{color}"/>')

    def dots(self, points, color=BLUE, radius=2.4):
        for x, y in points:
            self.marks.append(f'<circle cx="{self.x.place(x):.1f}" cy="{self.y.place(y):.1f}" r="{radius}" '
                              f'fill="{color}"/>')

    def line(self, points, color=BLUE, width=1.8, dash=""):
        path = " ".join(f"{self.x.place(x):.1f},{self.y.place(y):.1f}" for x, y in points)
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self.marks.append(f'<polyline points="{path}" fill="none" stroke="{color}" stroke-width="{width}"{dashes}/>')

    def area(self, points, color=BLUE):
        ground = self.y.place(self.y.low)
        path = " ".join(f"{self.x.place(x):.1f},{self.y.place(y):.1f}" for x, y in points)
        first, last = self.x.place(points[0][0]), self.x.place(points[-1][0])
        self.marks.append(f'<polygon points="{first:.1f},{ground:.1f} {path} {last:.1f},{ground:.1f}" '
                          f'fill="{color}" fill-opacity="0.25"/>')
        self.line(points, color, 1.4)

    def key(self, words, color, dash=""):
        """An entry of the legend, which stands inside at the upper right."""
        y = TOP + 16 + 18 * len(self.legend)
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        x = WIDTH - RIGHT - 10
        self.legend.append(self.text(x - 34, y + 4, words, "end")
                           + f'<line x1="{x - 28}" y1="{y}" x2="{x}" y2="{y}" stroke="{color}" stroke-width="3"{dashes}/>')

    def svg(self):
        right, ground = WIDTH - RIGHT, HEIGHT - BOTTOM
        parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
                 f'height="{HEIGHT}" font-family="Helvetica, Arial, sans-serif">',
                 f"<title>{escape(self.title)}</title>",
                 f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>', *self.under]
        for value, words in self.y_ticks:
            y = self.y.place(value)
            parts.append(f'<line x1="{LEFT}" y1="{y:.1f}" x2="{right}" y2="{y:.1f}" stroke="{GRID}"/>')
            parts.append(self.text(LEFT - 8, y + 4, words, "end"))
        for value, words in self.x_ticks:
            x = self.x.place(value)
            parts.append(f'<line x1="{x:.1f}" y1="{ground}" x2="{x:.1f}" y2="{ground + 5}" stroke="{INK}"/>')
            parts.append(self.text(x, ground + 20, words))
        parts += self.marks
        parts.append(f'<path d="M{LEFT},{TOP} V{ground} H{right}" fill="none" stroke="{INK}"/>')
        parts += self.legend
        parts.append(self.text(LEFT, 26, self.title, "start", 17))
        parts.append(self.text(LEFT, 46, self.note, "start", 12, "#666666"))
        parts.append(self.text((LEFT + right) / 2, HEIGHT - 18, self.x_title, size=13))
        middle = (TOP + ground) / 2
        parts.append(self.text(22, middle, self.y_title, size=13, more=f' transform="rotate(-90 22 {middle})"'))
        return "\n".join(parts + ["</svg>", ""])
