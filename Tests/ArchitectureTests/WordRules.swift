/// Checks of the words in sources, scripts and pages: the terms of `Docs/Glossary.md`, and nothing of the machine that
/// the project was written on.
enum WordRules {
    /// Names and phrases that the glossary replaced, with what is used instead.
    private static let replaced: [(pattern: Pattern, use: String)] = [
        ("Talk", "Console"), ("Courier", "SendWorker"), ("Letter", "SessionRef"), ("SessionPost", "SessionOutbox"),
        ("ReceiverBooks", "ReceiverState"), ("Sighting", "DetectionHit"), ("SpikeDetection", "ThresholdDetection"),
        ("Survey", "LogStatistics"), ("Bag", "UnsafeVector"), ("BagRow", "UnsafeVector"), ("Mold", "NodeTemplate"),
        ("NodeFaces", "NodeVersions"), ("Hiding", "RecordSuppression"), ("Travel", "Relocation"),
        ("Interference", "Tampering"), ("Presence", "Availability"), ("Stretch", "TimeWindow"),
        ("StretchWriter", "RangeEncoder"), ("lookAhead", "prefetchAhead"), ("mocktail-core", "byte-check"),
    ].map { (Pattern(#"\b\#($0.0)\b"#), $0.1) }

    private static let phrases: [(pattern: Pattern, use: String)] = [
        (#"\bcried wolf\b"#, "false positives"), (#"\b(?:near|far) end\b"#, "local and remote"),
        (#"\bunless said\b"#, "(default: ...)"), (#"\bheld fast\b"#, "pinned"), (#"\bby intention\b"#, "deliberate"),
        (#"\b(?:pure|same|every|this|the) rooms?\b(?! for)"#, "module"), (#"\bcannot be worked with\b"#, "invalid"),
    ].map { (Pattern($0.0, ignoringCase: true), $0.1) }

    /// Traces of a workplace: paths of one machine, numbers of tasks.
    private static let workplace: [(pattern: Pattern, use: String)] = [
        (Pattern(#"(?<![\w.}$*~/-])/(?:work|workspace|home|Users|root|src|mnt)/\w"#), "a path of one machine"),
        (Pattern(#"(?<![\w.}$*~/-])/tmp/\w+/"#), "a path of one machine"),
        (Pattern(#"(?<![\w/.])\.\./\.\./\.\./"#), "a path outside of the package"),
        (Pattern(#"\bissue #?\d+\b"#, ignoringCase: true), "the number of a task"),
    ]

    /// Everything in the files that is said in replaced words, or that speaks of a workplace.
    static func problems(_ files: [SourceFile]) -> [String] {
        files.flatMap { file -> [String] in
            let old = (replaced + phrases).flatMap { rule in
                rule.pattern.matches(in: file.text).map {
                    ($0.line, "\"\($0.groups[0])\": the word is now \(rule.use)")
                }
            }
            let traces = workplace.flatMap { rule in
                rule.pattern.matches(in: file.text).map { ($0.line, "\"\($0.groups[0])\" is \(rule.use)") }
            }
            return (old + traces).map { "\(file.path):\($0.0): \($0.1)" }
        }
    }
}
