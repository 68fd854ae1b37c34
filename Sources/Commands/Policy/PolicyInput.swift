import Dataset
import ArgumentParser
import ByteText
import ScenarioSpec
import TailnetPolicy

/// Reads what the policy commands work with.
enum PolicyInput {
    /// The text of a file.
    ///
    /// - Throws: `RunError` where it cannot be read.
    static func text(of path: String) throws(RunError) -> String {
        do throws(ScenarioFileError) { return try DiskFiles().text(of: path) } catch {
            switch error {
            case .missing: throw RunError(.input, "there is no file \(path)")
            case .notUTF8: throw RunError(.input, "\(path) is not text in UTF-8")
            case .unreadable(let reason): throw RunError(.input, "\(path) cannot be read: \(reason)")
            }
        }
    }

    /// The users and nodes of a scenario, given by path or name, or of a JSON file.
    ///
    /// - Throws: `RunError`, `ScenarioProblems`.
    static func tailnet(_ argument: String) throws -> NamedTopology {
        let path = try file(of: argument)
        let text = try text(of: path)
        if TopologyFile.isMeant(by: text) { return try TopologyFile.decode(text, file: path) }
        return NamedTopology(try Scenario.load(path))
    }

    /// A file by its path, or a bundled scenario's by name.
    private static func file(of argument: String) throws -> String {
        if argument.hasSuffix(".json") || argument.contains("/") { return argument }
        do {
            return try Catalog.bundled.path(of: argument)
        } catch {
            // A file of the working folder needs no ending that tells it from a name.
            if (try? DiskFiles().text(of: argument)) != nil { return argument }
            throw error
        }
    }

    /// A policy file that the service of a tailnet would take but for its tests; what is wrong is said.
    ///
    /// - Throws: `RunError`, and an exit code after what is wrong has been said.
    static func policy(_ file: String, in topology: PolicyTopology) throws -> PolicyFile {
        let reading = PolicyFile.parse(try text(of: file))
        let problems = reading.problems + (reading.file?.problems(in: topology) ?? [])
        guard let policy = reading.valid, !problems.contains(where: { $0.severity == .error }) else {
            report(problems, in: file)
            throw ExitCodes.invalidInput
        }
        return policy
    }

    /// Says problems, each with its place.
    static func report(_ problems: [PolicyProblem], in file: String) {
        for problem in problems {
            let place = "\(file):\(problem.position.line):\(problem.position.column)"
            Console.say("\(place): \(problem.severity.rawValue): \(problem.message)")
        }
    }
}
