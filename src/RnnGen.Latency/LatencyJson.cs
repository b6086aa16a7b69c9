using System.Text.Json.Serialization;

namespace RnnGen.Latency;

/// <summary>Serialises without reflection, for trimmed and ahead-of-time compiled programs.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(LatencyReport))]
internal sealed partial class LatencyJson : JsonSerializerContext;
