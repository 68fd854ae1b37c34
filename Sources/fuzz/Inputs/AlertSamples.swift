import Scoring

/// Alerts in the shape of each product, made up here; they speak of the incidents of `TruthSamples`.
enum AlertSamples {
    /// The samples of a product.
    static func samples(of preset: AlertPreset) -> [String] {
        switch preset {
        case .mocktail:
            [
                #"{"time":"2026-03-02T11:01:30Z","rule":"mocktail/port-22-spike","entities":["carla-laptop","100.117.222.68"],"score":0.9}"#
                    + "\n"
                    + #"{"time":"2026-03-02T11:02:30.25Z","rule":"a/b","entities":["carla-laptop.tail3f9c1.ts.net."]}"#
                    + "\n"
                    + #"{"time":"2026-03-02T12:02:30+01:00","rule":"a/b","entities":["::ffff:100.117.222.68"]}"# + "\n",
                "time,rule,entities,score\n2026-03-02T11:01:30Z,a/b,carla-laptop,0.5\n"
                    + "\"2026-03-02 11:01:30\",\"a \"\"b\"\"\",\"x\ny\",\n",
                "sep=;\ntime;rule;entities\n2026-03-02T11:01:30Z;a/b;carla-laptop\n",
                "{\n  \"time\": 1772449290,\n  \"rule\": \"a\",\n  \"entities\": [\"x\"]\n}{\"time\":1772449290000,\"rule\":\"b\",\"entities\":[]}",
            ]
        case .datadog:
            [
                #"{"data":[{"id":"A1","type":"signal","attributes":{"timestamp":"2026-03-02T11:01:30.000Z","tags":["host:carla-laptop","env:test"],"custom":{"workflow":{"rule":{"name":"Sweep","id":"a-1"}},"usr":{"email":"carla@example.com"},"risk_score":7,"signal":{"attributes":{"network":{"client":{"ip":"100.117.222.68"}}}}}}}],"meta":{"page":{}}}"#,
                #"{"timestamp":1772449290000,"title":"Role","usr":{"id":"n1"}}"#,
            ]
        case .splunk:
            [
                #"{"preview":false,"offset":0,"result":{"_time":"2026-03-02T12:05:00.000+02:00","orig_time":"1772449290","search_name":"A - B","src":"carla-laptop","dest":["db-1","db-2"],"risk_score":"80","_raw":"1772449290, search_name=\"A\", src=\"100.117.222.68\""}}"#
                    + "\n" + #"{"preview":true,"offset":1,"lastrow":true,"result":{"_time":"2026-03-02"}}"#,
                #"{"fields":["_time","source","src"],"rows":[["2026-03-02T11:01:30.000+00:00","T","carla-laptop"]]}"#,
                #"{"fields":["_time","source"],"columns":[["2026-03-02T11:01:30.000+00:00"],["T"]]}"#,
                "\"_time\",source,src,user\n\"2026-03-02T11:01:30.000+0000\",\"T - X\",\"100.117.222.68\ncarla\",\n",
            ]
        case .elastic:
            [
                #"{"hits":{"total":{"value":1},"hits":[{"_id":"x","_source":{"@timestamp":"2026-03-02T11:06:00.000Z","kibana.alert.original_time":"2026-03-02T11:01:30.000Z","kibana.alert.rule.name":"Sweep","kibana.alert.risk_score":47,"host":{"name":"carla-laptop"}}}]}}"#,
                #"{"_id":"x","fields":{"kibana.alert.original_time":["2026-03-02T11:01:30Z"],"kibana.alert.rule.name":["S"],"source.ip":["100.117.222.68"]}}"#,
                #"{"@timestamp":"2026-03-02T11:09:00Z","signal":{"original_time":"2026-03-02T11:01:30Z","rule":{"name":"Old","risk_score":21}},"related":{"hosts":["x"]},"message":"{\"nodeId\":\"n1\"}"}"#,
            ]
        case .panther:
            [
                #"{"id":"T.H.D","createdAt":"2026-03-02T11:01:30Z","severity":"HIGH","title":"off","alertId":"1","alertContext":{"actor":{"id":"n1"},"time":5}}"#,
                #"{"data":{"alerts":{"edges":[{"node":{"id":"0123456789abcdef0123456789abcdef","detection":{"id":"R"},"createdAt":"2026-03-02T11:01:30Z","firstEventOccurredAt":"2026-03-02T11:01:30Z","p_any_usernames":["carla"]}}]}}}"#,
            ]
        case .sentinel:
            [
                #"{"TimeGenerated":"2026-03-02T11:10:00Z","EndTime":"2026-03-02T11:01:30Z","AlertName":"Fan","SystemAlertId":"s-1","ConfidenceScore":0.7,"Entities":"[{\"$id\":\"3\",\"HostName\":\"carla-laptop\",\"DnsDomain\":\"tail3f9c1.ts.net\"},{\"Address\":\"100.117.222.68\"}]"}"#,
                #"{"value":[{"properties":{"endTimeUtc":"2026-03-02T11:01:30.1234567Z","alertDisplayName":"A","entities":[{"name":"carla","upnSuffix":"example.com"}]}}]}"#,
                "TimeGenerated [UTC],EndTime,AlertName,Entities\n\"3/2/2026, 11:10:00.000 AM\",2026-03-02T11:01:30Z,F,\"[{\"\"HostName\"\":\"\"x\"\"}]\"\n",
            ]
        case .sigma:
            [
                #"[{"title":"R","id":"1f-2","count":2,"matches":[{"eventTime":"2026-03-02T11:01:30Z","actor":{"id":"n1"}},{"eventTime":"2026-03-02T11:01:35Z","actor":{"id":"o"}}]}]"#,
                #"{"name":"S","timestamp":"2026-03-02T11:30:00Z","document":{"kind":"json","data":{"end":"2026-03-02T11:01:30Z","srcNode":{"name":"carla-laptop"}}}}"#,
            ]
        case .hayabusa:
            [
                "{\n    \"Timestamp\": \"2026-03-02 12:01:30.000 +01:00\",\n    \"RuleTitle\": \"R\",\n    \"Computer\": \"carla-laptop\",\n    \"Details\": {\"SrcIP\": \"100.117.222.68\"}\n}\n{\n    \"Timestamp\": \"2026-03-02 11:01:30.000 UTC\",\n    \"RuleTitle\": \"R\"\n}\n",
                "\"Timestamp\",\"RuleTitle\",\"Computer\",\"Details\"\n\"2026-03-02 11:01:30.000 Z\",\"R\",\"carla-laptop\",\"SrcIP: 100.117.222.68 ¦ TgtUser: ana\"\n",
            ]
        case .alertmanager:
            [
                #"{"version":"4","status":"firing","alerts":[{"status":"firing","labels":{"alertname":"S","node":"carla-laptop"},"annotations":{"score":"3"},"startsAt":"2026-03-02T11:01:30Z","endsAt":"0001-01-01T00:00:00Z","fingerprint":"f"},{"status":"resolved","labels":{"alertname":"S"},"startsAt":"2026-03-02T11:01:30Z"}]}"#,
                #"{"status":"success","data":{"alerts":[{"labels":{"alertname":"S"},"state":"pending","activeAt":"2026-03-02T11:01:30Z"}]}}"#,
            ]
        }
    }
}
