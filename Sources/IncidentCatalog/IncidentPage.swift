import ByteText
import Truth

/// What is known about an incident kind, as a page for people and as JSON.
package struct IncidentPage {
    private let kind: IncidentKind

    /// Makes the page of a kind.
    package init(_ kind: IncidentKind) {
        self.kind = kind
    }

    /// The page as lines for a terminal, without a newline at the end.
    package var text: String {
        var lines = ["\(kind.name): \(kind.summary)", "", IncidentPage.wrapped(kind.story)]
        var variants = TextTable([.left, .left], indent: 2)
        for variant in IncidentVariant.allCases { variants.add([variant.rawValue, kind.text(of: variant)]) }
        lines += ["", "Variants"] + variants.lines
        var stages = TextTable([.left, .left], indent: 2)
        for stage in kind.stages { stages.add([stage.name, stage.attack.joined(separator: " ")]) }
        lines += ["", "Stages, with their ATT&CK techniques"] + stages.lines
        if kind.rules.isEmpty { lines += ["", "No published rule looks for it."] }
        if !kind.rules.isEmpty || !kind.deadRules.isEmpty {
            var rules = TextTable([.left, .left], indent: 2)
            for rule in kind.rules {
                // Some rules fire once a word of them is repaired.
                let dead = kind.deadRules.first { $0.id == rule.id }.map { " once repaired; as published it \($0.why)" }
                rules.add([rule.id, rule.fires.map(\.rawValue).joined(separator: " ") + (dead ?? "")])
            }
            for rule in kind.deadRules where !kind.rules.contains(where: { $0.id == rule.id }) {
                rules.add([rule.id, "never: as published it \(rule.why)"])
            }
            lines += ["", "Rules, and the variants on which they fire"] + rules.lines
        }
        if !kind.parameters.isEmpty {
            var parameters = TextTable([.left, .left, .right, .right, .right, .right], indent: 2)
            parameters.add(["", ""] + IncidentVariant.allCases.map(\.rawValue))
            for parameter in kind.parameters {
                parameters.add(
                    [parameter.key.rawValue, parameter.summary] + IncidentVariant.allCases.map(parameter.text))
            }
            lines += ["", "Parameters and their defaults"] + parameters.lines
        }
        lines += ["", "Lasts \(kind.seconds) s by default."]
        if kind.historyDays > 0 {
            let days = kind.historyDays == 1 ? "the day" : "\(kind.historyDays) days"
            lines.append("Some of its rules must have seen \(days) before it.")
        }
        if !named.isEmpty { lines.append("You can name: \(named.joined(separator: ", ")). Otherwise they are drawn.") }
        let extra = kind.parameters.first.map { ",\($0.key.rawValue)=\($0.text(.attack))" } ?? ""
        lines += [
            "", "On the command line:", "  --inject '\(kind.name)@+2h\(extra)'", "In a scenario, under incidents:",
            "  - {kind: \(kind.name), at: +2h, variant: over}",
        ]
        return lines.joined(separator: "\n")
    }

    /// The page as one JSON object.
    package var json: String {
        JSONWriter.object { json in
            json.member("kind", kind.name)
            json.member("summary", kind.summary)
            json.member("story", kind.story)
            json.member("attack", kind.attack)
            json.object("variants") {
                for variant in IncidentVariant.allCases { $0.member(variant.rawValue, kind.text(of: variant)) }
            }
            json.objects("stages", kind.stages) { json, stage in
                json.member("name", stage.name)
                json.member("attack", stage.attack)
            }
            json.objects("rules", kind.rules) { json, rule in
                json.member("id", rule.id)
                json.member("fires", rule.fires.map(\.rawValue))
            }
            json.objects("deadRules", kind.deadRules) { json, rule in
                json.member("id", rule.id)
                json.member("why", rule.why)
            }
            json.objects("parameters", kind.parameters) { json, parameter in
                json.member("key", parameter.key.rawValue)
                json.member("summary", parameter.summary)
                json.object("default") {
                    for variant in IncidentVariant.allCases { $0.member(variant.rawValue, parameter.value(variant)) }
                }
            }
            json.member("seconds", kind.seconds)
            json.member("historyDays", kind.historyDays)
            json.member("named", named)
        }
    }

    /// The keys by which a scenario may name who takes part.
    private var named: [String] {
        [
            ("node", kind.cast.node != nil), ("user", kind.cast.user != nil), ("client", kind.cast.client),
            ("targets", kind.cast.targets != nil),
        ].filter(\.1).map(\.0)
    }

    /// A paragraph in lines of at most a hundred characters.
    private static func wrapped(_ text: String) -> String {
        var lines: [String] = [""]
        for word in text.split(separator: " ") {
            if lines[lines.count - 1].count + word.count > 99 { lines.append("") }
            lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + word
        }
        return lines.joined(separator: "\n")
    }
}

extension IncidentParameter {
    /// A default as a command line writes it.
    fileprivate func text(_ variant: IncidentVariant) -> String {
        key.isSpan ? "\(value(variant) / 1_000_000_000)s" : "\(value(variant))"
    }
}
