import ByteText

extension ScoreSeries {
    /// A table for each condition, each line with a newline.
    public var table: String {
        let header = ["runs", "recall", "precision", "f1", "median time, s"]
        return conditions.map { condition in
            TextTable(figures: [[condition.name] + header] + condition.steps.map { [$0.value] + $0.cells }).text
        }.joined(separator: "\n")
    }

    /// The series as one JSON object, with the keys always in the same order.
    public var json: String {
        JSONWriter.object { json in
            json.member("schema", Score.resultSchema)
            json.member("runs", runs.map(\.name))
            json.objects("conditions", conditions) { json, condition in
                json.member("name", condition.name)
                json.objects("values", condition.steps) { json, step in
                    json.member("value", ConditionValue(text: step.value))
                    json.member("runs", step.runs)
                    json.member("recall", JSONNumber(figure: step.recall))
                    json.member("precision", JSONNumber(figure: step.precision))
                    json.member("f1", JSONNumber(figure: step.f1))
                    json.member("medianTimeToDetectSeconds", JSONNumber(figure: step.medianTimeToDetect))
                }
            }
        }
    }

    /// The series as one page of HTML that needs nothing from elsewhere.
    public var html: String {
        var page = HTMLPage(title: "mocktail score by condition")
        page.say("\(runs.count) runs. A point is the mean of the runs with the same value.")
        page.add(
            """
            <div class="key"><span><svg width="26" height="10"><line class="curve" x1="1" x2="25" y1="5" y2="5"/></svg>recall\
            </span><span><svg width="26" height="10"><line class="second" x1="1" x2="25" y1="5" y2="5"/></svg>precision\
            </span></div>
            """)
        page.add("<div class=\"charts\">")
        for condition in conditions { page.add(condition.chart.markup) }
        page.add("</div>")
        for condition in conditions {
            page.head(condition.name)
            page.table(
                ["value", "runs", "recall", "precision", "F1", "median time, s"],
                condition.steps.map { [$0.value] + $0.cells })
        }
        return page.text
    }
}

extension ScoreSeries.Step {
    fileprivate var cells: [String] {
        [
            "\(runs)", FigureText.percent(recall), FigureText.percent(precision), FigureText.percent(f1),
            FigureText.tenths(medianTimeToDetect),
        ]
    }
}

extension ScoreSeries.Condition {
    /// Values that are numbers stand where they belong, others side by side.
    fileprivate var chart: LineChart {
        let numbers = steps.compactMap { magnitude(of: $0.value) }
        let places = numbers.count == steps.count ? numbers : steps.indices.map(Double.init)
        let every = max(1, (steps.count + 5) / 6)
        let labels = zip(places, steps).enumerated().filter { $0.offset % every == 0 || $0.offset + 1 == steps.count }
            .map { (x: $0.element.0, text: $0.element.1.value) }
        func line(_ name: String, _ metric: (ScoreSeries.Step) -> Double?) -> LineChart.Line {
            LineChart.Line(
                name: name, points: zip(places, steps).compactMap { place, step in metric(step).map { (place, $0) } })
        }
        return LineChart(
            title: "Recall and precision by \(name)", labels: labels,
            lines: [line("recall", \.recall), line("precision", \.precision)])
    }
}
