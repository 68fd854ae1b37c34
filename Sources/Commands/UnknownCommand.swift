import ByteText
import ArgumentParser
import ScenarioSpec

/// What is said to who names a command that there is not.
enum UnknownCommand {
    /// Words that are near a command in meaning, not in letters.
    private static let meant: [String: String] = [
        "init": "scenario new", "new": "scenario new", "create": "scenario new", "list": "scenario list",
        "check": "scenario check", "validate": "scenario check", "lint": "scenario check", "show": "scenario show",
        "simulate": "generate", "run": "demo", "start": "demo", "send": "replay", "load": "replay",
        "deliver": "replay", "push": "replay", "stream": "replay", "receive": "ingest", "listen": "ingest",
        "server": "ingest", "sink": "ingest", "inject": "generate SCENARIO --inject", "attack": "incident list",
        "attacks": "incident list", "kinds": "incident list", "detect": "ingest --detections list",
        "detections": "ingest --detections list", "rules": "ingest --detections list", "evaluate": "score",
        "report": "score --html FILE", "acl": "policy", "test": "policy test",
        "devices": "generate, which writes tailnet/devices.json",
        "nodes": "generate, which writes tailnet/devices.json",
        "users": "generate, which writes tailnet/users.json", "estimate": "generate SCENARIO --estimate",
        "version": "--version",
    ]

    /// Words of what other tools have and this one has not.
    private static let missing: [String: String] = [
        "serve": "a mock API", "api": "a mock API", "ui": "a live page", "web": "a live page",
        "dashboard": "a live page", "verify": "a command that reads back what a receiver holds",
        "capacity": "a search for the highest rate", "compare": "a comparison of runs",
        "destinations": "a list of destinations",
    ]

    /// A sentence about the first word of a command line that names no command; nil where all do.
    static func sentence(_ arguments: [String]) -> String? {
        // `help` takes a command as others do, and would show the whole help for one that there is not.
        let arguments = arguments.first == "help" ? Array(arguments.dropFirst()) : arguments
        var command: any ParsableCommand.Type = Mocktail.self
        var path = "mocktail"
        for word in arguments {
            let subcommands = command.configuration.subcommands
            guard !subcommands.isEmpty, !word.hasPrefix("-"), word != "help" else { return nil }
            if let next = subcommands.first(where: { names(of: $0).contains(word) }) {
                command = next
                path += " \(word)"
                continue
            }
            return sentence(word, path, subcommands)
        }
        return nil
    }

    private static func sentence(_ word: String, _ path: String, _ subcommands: [any ParsableCommand.Type]) -> String {
        let known = subcommands.filter { $0.configuration.shouldDisplay }.flatMap { names(of: $0).prefix(1) }
        let isTop = path == "mocktail"
        if isTop, let what = missing[word.lowercased()] {
            return
                "there is no command \"\(word)\": mocktail has no \(what.dropFirst(2)) yet; mocktail --help lists what "
                + "there is"
        }
        if isTop, let meant = meant[word.lowercased()] {
            return "there is no command \"\(word)\"; did you mean mocktail \(meant)?"
        }
        return
            "there is no command \"\(path.dropFirst("mocktail".count).drop { $0 == " " })\(isTop ? "" : " ")\(word)\""
            + Suggestion.text(for: word, among: known)
    }

    private static func names(of command: any ParsableCommand.Type) -> [String] {
        let configuration = command.configuration
        return [configuration.commandName ?? ""] + configuration.aliases
    }
}
