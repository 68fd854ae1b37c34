import Dataset
import ArgumentParser
import ByteText
import ScenarioSpec
import TailnetPolicy

/// Reads the input of the policy commands.
enum PolicyInput {
    /// The text of a file.
    ///
    /// - Throws: `RunError` if it cannot be read.
    static func text(of path: String, files: some ScenarioFiles = DiskFiles()) throws(RunError) -> String {
        do throws(ScenarioFileError) { return try files.text(of: path) } catch {
            throw RunError(.input, "\(path): \(error.sentence)")
        }
    }

    /// The users and nodes of a scenario, given by path or name, or of a JSON file.
    ///
    /// - Throws: `RunError`, `ScenarioProblems`.
    static func tailnet(_ argument: String) throws -> NamedTopology {
        let source = try source(of: argument)
        let text = try text(of: source.path, files: source.files)
        if TopologyFile.isMeant(by: text) { return try TopologyFile.decode(text, file: source.path) }
        return NamedTopology(try source.load())
    }

    /// A file by its path, or a scenario by its name.
    private static func source(of argument: String) throws -> ScenarioSource {
        if argument.hasSuffix(".json") { return ScenarioSource(path: argument) }
        do {
            return try ScenarioCatalog.current.source(of: argument)
        } catch {
            // A file of the working folder needs no ending that tells it from a name.
            if (try? DiskFiles().text(of: argument)) != nil { return ScenarioSource(path: argument) }
            throw error
        }
    }

    /// A policy file that the service would accept for a tailnet, its tests aside; problems are reported.
    ///
    /// - Throws: `RunError`, and an exit code after problems were reported.
    static func policy(_ file: String, in topology: PolicyTopology) throws -> PolicyFile {
        let reading = PolicyFile.parse(try text(of: file))
        let problems = reading.problems + (reading.file?.problems(in: topology) ?? [])
        guard let policy = reading.valid, !problems.contains(where: { $0.severity == .error }) else {
            report(problems, in: file)
            throw ExitCodes.invalidInput
        }
        return policy
    }

    /// Reports problems, each with its place.
    static func report(_ problems: [PolicyProblem], in file: String) {
        for problem in problems {
            let place = "\(file):\(problem.position.line):\(problem.position.column)"
            Console.say("\(place): \(problem.severity.rawValue): \(problem.message)")
        }
    }
}
