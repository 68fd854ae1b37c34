import ByteText

/// What reading a policy file gave: the file, what is wrong with it, or both.
public struct PolicyReading: Sendable {
    /// The policy, with errors as far as it could be read; nil where the text is no JSON object.
    public var file: PolicyFile?
    /// Everything wrong, ordered by position.
    public var problems: [PolicyProblem]
    /// What the service answers, as far as it depends on the text alone; see `PolicyFile.answer(in:)` for the rest.
    public var answer: PolicyAnswer

    /// The `message` of the service's answer; nil where it takes the file.
    public var firstServiceMessage: String? { answer.message }

    /// The policy of a text that the service would take; nil where there is an error.
    public var valid: PolicyFile? { answer.code == 200 ? file : nil }
}

extension PolicyFile {
    /// Reads a policy file and reports all that is wrong with it at once.
    public static func parse(_ text: String) -> PolicyReading {
        let source = PolicySource(text)
        let root: JSONValue
        do throws(JSONSyntaxError) {
            root = try JSONValue.parse(source.bytes, syntax: .hujson)
        } catch {
            let problem = PolicyProblem(error.message, at: error.position, isServiceMessage: false)
            let answer = PolicyAnswer(code: 400, message: error.description)
            return PolicyReading(file: nil, problems: [problem], answer: answer)
        }
        var decoder = PolicyDecoder(source)
        decoder.decode(root)
        let problems = decoder.problems
        let ordered = problems.indices.sorted {
            (problems[$0].position, $0) < (problems[$1].position, $1)
        }
        return PolicyReading(
            file: root.object == nil ? nil : decoder.file, problems: ordered.map { problems[$0] },
            answer: PolicyAnswer(problems))
    }
}
