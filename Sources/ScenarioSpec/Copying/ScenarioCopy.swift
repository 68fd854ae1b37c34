/// A scenario under another name: its file and its policy files, ready to be written and edited.
package struct ScenarioCopy: Sendable {
    /// A file's name and text.
    package struct File: Sendable, Hashable {
        package let name: String
        package let text: String
    }

    /// The scenario's file first, then its policy files.
    package let files: [File]

    /// Copies a scenario.
    ///
    /// The scenario's name changes, and so do the policy files' names: `quickstart.policy.hujson` becomes
    /// `NAME.policy.hujson`. Everything else stays, comments and layout too.
    ///
    /// - Parameters:
    ///   - name: The new name: lower-case letters, digits and hyphens.
    ///   - source: The scenario to copy.
    /// - Throws: What is wrong with the name or the scenario.
    package init(named name: String, from source: ScenarioSource) throws(ScenarioProblems) {
        guard TextRule.label.accepts(name) else {
            throw ScenarioCopy.problem(
                "\"\(name)\"", "not a scenario's name; use lower-case letters, digits and hyphens, at most 63")
        }
        let plan = try source.load()
        let policies = ScenarioCopy.names(of: plan.policies.filter { $0.incident == nil }.map(\.file), as: name)
        var text = try ScenarioCopy.read(source.path, from: source)
        text = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            ScenarioCopy.renamed(line, plan.name, name)
        }.joined(separator: "\n")
        var copied: [File] = []
        for (old, new) in policies {
            text = ScenarioCopy.replacing(old, with: new, in: text)
            let path = FilePath.sibling(of: source.path, named: old)
            copied.append(File(name: new, text: try ScenarioCopy.read(path, from: source)))
        }
        files = [File(name: "\(name).yaml", text: text)] + copied
        // Text was replaced in a file whose layout is the author's: what comes out must still be that scenario.
        let copy = try ScenarioSource(path: files[0].name, files: CopiedFiles(files: files)).load()
        guard copy.name == name else {
            throw ScenarioCopy.problem(source.path, "its name cannot be replaced; put name: on a line of its own")
        }
    }

    /// Each policy file's old and new name, without repeats.
    private static func names(of files: [String], as name: String) -> [(old: String, new: String)] {
        var names: [(old: String, new: String)] = []
        for file in files where !names.contains(where: { $0.old == file }) {
            let last = file.split(separator: "/").last.map(String.init) ?? file
            let ending = last.firstIndex(of: ".").map { last[$0...] } ?? ".policy.hujson"
            let short = name + ending
            let isTaken = short == "\(name).yaml" || names.contains { $0.new == short }
            names.append((file, isTaken ? "\(name).\(last)" : short))
        }
        return names
    }

    /// A line with the new name in place of the old one, where the line gives the scenario's name.
    private static func renamed(_ line: Substring, _ old: String, _ new: String) -> String {
        guard line.hasPrefix("name:"), let place = line.dropFirst(5).firstRange(of: old) else { return String(line) }
        return line[..<place.lowerBound] + new + line[place.upperBound...]
    }

    /// A text with a file's new name wherever the old one is not part of a longer name.
    private static func replacing(_ old: String, with new: String, in text: String) -> String {
        var result = ""
        var rest = text[...]
        while let place = rest.firstRange(of: old) {
            let before = rest[..<place.lowerBound].last ?? result.last
            let after = rest[place.upperBound...].first
            let isWhole = ![before, after].contains {
                $0.map { $0.isLetter || $0.isNumber || "./-_".contains($0) } ?? false
            }
            result += rest[..<place.lowerBound] + (isWhole ? new : old)
            rest = rest[place.upperBound...]
        }
        return result + rest
    }

    private static func read(_ path: String, from source: ScenarioSource) throws(ScenarioProblems) -> String {
        do { return try source.files.text(of: path) } catch { throw problem(path, error.sentence) }
    }

    private static func problem(_ file: String, _ message: String) -> ScenarioProblems {
        ScenarioProblems([ScenarioProblem(file: file, line: 0, path: "", message: message)])
    }
}

/// The files of a copy that is not written yet.
private struct CopiedFiles: ScenarioFiles {
    let files: [ScenarioCopy.File]

    func text(of path: String) throws(ScenarioFileError) -> String {
        guard let file = files.first(where: { $0.name == path }) else { throw .missing }
        return file.text
    }

    func names(in folder: String) -> [String]? { nil }
}
