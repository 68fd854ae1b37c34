import Dataset
import ArgumentParser
import ByteText
import ScenarioSpec
import SystemFiles
import TailnetPolicy

/// Reads the input of the policy commands.
enum PolicyInput {
    /// What `-` stands for on the command line.
    private static let standardInput = "/dev/stdin"

    /// The name of a file in messages.
    static func name(of path: String) -> String {
        path == "-" ? "<stdin>" : path.printable
    }

    /// The text of a file, a pipe, or standard input (`-`).
    ///
    /// - Throws: `RunError` if it cannot be read.
    static func text(of path: String, files: some ScenarioFiles = DiskFiles()) throws(RunError) -> String {
        do throws(ScenarioFileError) { return try files.text(of: path == "-" ? standardInput : path) } catch {
            throw RunError(.input, "\(name(of: path)): \(error.sentence)")
        }
    }

    /// Refuses to read standard input twice: only the first reader would find something.
    ///
    /// - Throws: `RunError`.
    static func checkStandardInput(_ paths: [String]) throws(RunError) {
        guard paths.count(where: { $0 == "-" || $0 == standardInput }) > 1 else { return }
        throw RunError(.input, "standard input (-) can be read only once; give a file's path for the others")
    }

    /// The users and nodes of a scenario, given by path or name, of a generated folder, or of JSON files.
    ///
    /// - Throws: `RunError`, `ScenarioProblems`.
    static func tailnet(_ argument: String) throws -> NamedTopology {
        // A scenario's name means the scenario, even beside a folder of that name.
        let isName = !argument.contains("/") && (try? ScenarioCatalog.current.source(of: argument)) != nil
        if !isName, PathKind.isFolder(argument) { return try inventory(inFolder: argument) }
        let source = try source(of: argument)
        let text = try text(of: source.path, files: source.files)
        if let list = InventoryFile.list(of: text) { return try inventory(list, text, argument) }
        let file = name(of: argument)
        if TopologyFile.isMeant(by: text) { return try TopologyFile.decode(text, file: file) }
        // A pipe cannot be read again.
        let read = PreloadedFile(path: source.path, text: text, others: source.files)
        return NamedTopology(try ScenarioSource(path: source.path, files: read).load())
    }

    /// Files of which one has been read already.
    private struct PreloadedFile: ScenarioFiles {
        var path: String
        var text: String
        var others: any ScenarioFiles

        func text(of path: String) throws(ScenarioFileError) -> String {
            path == self.path ? text : try others.text(of: path)
        }

        func names(in folder: String) -> [String]? { others.names(in: folder) }
    }

    /// A file by its path, or a scenario by its name.
    private static func source(of argument: String) throws -> ScenarioSource {
        if argument.hasSuffix(".json") || argument == "-" { return ScenarioSource(path: argument) }
        do {
            return try ScenarioCatalog.current.source(of: argument)
        } catch {
            // A file of the working folder needs no ending that tells it from a name.
            if PathKind.isReadable(argument) { return ScenarioSource(path: argument) }
            throw error
        }
    }

    /// The lists of a generated folder, which has them in `tailnet`, or of any other folder; nobody waits at its pipes.
    private static func inventory(inFolder folder: String) throws -> NamedTopology {
        let prefix = folder.hasSuffix("/") ? folder : "\(folder)/"
        let found = ["tailnet/devices.json", "devices.json"].first { PathKind.at(prefix + $0) == .file }
        guard let found else {
            throw RunError(
                .input,
                "\(name(of: folder)): there is neither tailnet/devices.json nor devices.json in this folder; give a "
                    + "folder that mocktail generate wrote, a scenario, or a JSON file of users and nodes")
        }
        return try inventory(.devices, try text(of: prefix + found), prefix + found)
    }

    /// A list and, if it is there, the other one beside it.
    private static func inventory(
        _ list: InventoryFile.List, _ text: String, _ path: String
    ) throws -> NamedTopology {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        let other = folder + (list == .devices ? "users.json" : "devices.json")
        let hasOther = path != "-" && path != standardInput && PathKind.at(other) == .file
        let first = (file: name(of: path), text: text)
        let second = hasOther ? (file: name(of: other), text: try self.text(of: other)) : nil
        return list == .devices
            ? try InventoryFile.decode(devices: first, users: second)
            : try InventoryFile.decode(devices: second, users: first)
    }

    /// A policy file that the service would accept for a tailnet, its tests aside; problems are reported.
    ///
    /// - Throws: An exit code after problems were reported.
    static func policy(_ text: String, _ file: String, in topology: PolicyTopology) throws -> PolicyFile {
        let reading = PolicyFile.parse(text)
        let problems = reading.problems + (reading.file?.problems(in: topology) ?? [])
        guard let policy = reading.valid, !problems.contains(where: { $0.severity == .error }) else {
            report(problems, in: file)
            throw ExitCodes.invalidInput
        }
        return policy
    }

    /// Reports problems, each with its place, and below it what is probably meant.
    static func report(_ problems: [PolicyProblem], in file: String) {
        for problem in problems {
            let place = "\(name(of: file)):\(problem.position.line):\(problem.position.column)"
            Console.say("\(place): \(problem.severity.rawValue): \(problem.message)")
            if let hint = problem.hint { Console.say("  hint: \(hint)") }
        }
    }
}
