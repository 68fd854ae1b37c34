/// Checks of the modules between seed and byte: the same inputs give the same bytes on every machine.
enum PurityRules {
    /// The modules that take part in making a byte.
    static let modules: Set<String> = [
        "ByteText", "KeyedRandom", "SimTime", "TailnetModel", "Truth", "TailnetPolicy", "TailnetControl",
        "IncidentCatalog", "ScenarioSpec", "Simulation", "LogFormats", "Generation",
    ]

    /// What is allowed where, with the reason: the end of a path, and a word of the sentence that it silences.
    static let allowed: [(path: String, word: String, reason: String)] = [
        ("ScenarioSpec/Reading/DiskFiles.swift", "import", "reads scenario files; the only file access of the module"),
        ("ScenarioSpec/Reading/ScenarioFiles.swift", "import", "paths of scenario files"),
        ("ScenarioSpec/Reading/FilePath.swift", "import", "paths of scenario files"),
        ("Truth/Alerts/Alert.swift", "floating point", "a detector's own score of an alert; we read it, never make it"),
        ("Truth/Alerts/AlertText.swift", "floating point", "reads a detector's score"),
        ("Truth/Text/JSONText.swift", "floating point", "writes scores of detectors, never a record"),
    ]

    private static let imports: [(modules: Set<String>, reason: String)] = [
        (["Foundation", "FoundationEssentials", "FoundationNetworking"], "Foundation has clocks, locales and files"),
        (["Glibc", "Musl", "Darwin", "Dispatch", "SystemFiles"], "system calls belong to the modules above"),
    ]

    private static let words: [(pattern: Pattern, reason: String)] = [
        (Pattern(#"\b(?:Double|Float|Float16|Float80|CGFloat)\b"#), "floating point differs between machines"),
        (Pattern(#"(?<![\w.$])\d[\d_]*(?:\.\d|[eE][+-]?\d)"#), "a literal of floating point"),
        (
            Pattern(#"\bDate\(\)|\b(?:Continuous|Suspending)Clock\b|\bTask\.sleep\b|\.now\b"#),
            "a clock gives another answer in every run"
        ),
        (
            Pattern(#"\bSystemRandomNumberGenerator\b|\.random\(|\.shuffled?\(|\.randomElement\(|\bUUID\("#),
            "draws are keyed, see KeyedRandom"
        ),
        (Pattern(#"\bHasher\(|\.hashValue\b|\bObjectIdentifier\("#), "hashes differ from process to process"),
        (Pattern(#"\bCommandLine\b|\bProcessInfo\b"#), "the surroundings differ"),
    ]

    private static let function = Pattern(#"\bfunc\s+(\w+)"#)

    /// Functions of the C library and of the standard library that reach outside; as a call, not as a member.
    private static let call = Pattern(
        #"(?<![.\w`])(?<!func )(print|debugPrint|readLine|open|close|read|fopen|fread|fwrite|fputs|printf|"#
            + #"fprintf|snprintf|getenv|setenv|stat|fstat|lstat|mmap|munmap|socket|getpid|time|gettimeofday|"#
            + #"clock_gettime|nanosleep|usleep|getrandom|arc4random\w*|rand|srand|random|opendir|readdir|unlink|"#
            + #"mkdir|sysconf|pthread_\w+|localtime\w*|gmtime\w*|mktime|strftime|setlocale|strtod|atof)\("#)

    /// Everything in the files of pure modules that could make two runs differ, except for the order of hash tables.
    static func problems(_ files: [SourceFile]) -> [String] {
        files.filter { modules.contains($0.target) }.flatMap { file -> [String] in
            var found: [(line: Int, reason: String)] = []
            for item in file.imports {
                for (names, reason) in imports where names.contains(item.module) {
                    found.append((item.line, "import of \(item.module): \(reason)"))
                }
            }
            for (pattern, reason) in words {
                found += pattern.matches(in: file.code).map { ($0.line, "\($0.groups[0]): \(reason)") }
            }
            let own = Set(function.matches(in: file.code).map { $0.groups[1] })
            for match in call.matches(in: file.code) where !own.contains(match.groups[1]) {
                found.append((match.line, "\(match.groups[1])(): no system call between seed and byte"))
            }
            return found.filter { item in
                !allowed.contains { file.path.hasSuffix($0.path) && item.reason.contains($0.word) }
            }.map { "\(file.path):\($0.line): \($0.reason)" }
        }
    }
}
