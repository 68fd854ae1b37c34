/// What people and programs do to the tailnet's configuration.
public struct Administration: Sendable, Hashable {
    /// Mean logins to the admin console a working day, for each user who may, in thousandths.
    public var milliConsoleLoginsPerDay: Int
    /// Mean failed API requests a day over the whole tailnet, in thousandths: mistakes, not attacks.
    public var milliFailedRequestsPerDay: Int
    /// Mean logins by the check mode of SSH rules a working day, for each owned node, in thousandths.
    public var milliSSHChecksPerDay: Int
    /// Mean logins to the web interface of a device a working day, for each user who may, in thousandths.
    public var milliWebLoginsPerDay: Int
    /// Mean posture attributes that programs set a day, for each owned node, in thousandths.
    public var milliAttributeUpdatesPerDay: Int
    /// Whether owned nodes' keys expire and are renewed by the calendar, beside what `events` say.
    public var renewsKeys: Bool
    /// Explicit changes, ordered by instant.
    public var events: [AdminEvent]

    /// Makes an administration; habits that are not named are off, but for the renewal of keys.
    public init(
        milliConsoleLoginsPerDay: Int, milliFailedRequestsPerDay: Int, milliSSHChecksPerDay: Int = 0,
        milliWebLoginsPerDay: Int = 0, milliAttributeUpdatesPerDay: Int = 0, renewsKeys: Bool = true,
        events: [AdminEvent]
    ) {
        self.milliConsoleLoginsPerDay = milliConsoleLoginsPerDay
        self.milliFailedRequestsPerDay = milliFailedRequestsPerDay
        self.milliSSHChecksPerDay = milliSSHChecksPerDay
        self.milliWebLoginsPerDay = milliWebLoginsPerDay
        self.milliAttributeUpdatesPerDay = milliAttributeUpdatesPerDay
        self.renewsKeys = renewsKeys
        self.events = events
    }
}
