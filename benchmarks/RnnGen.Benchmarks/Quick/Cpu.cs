namespace RnnGen.Benchmarks.Quick;

/// <summary>The name of this machine's CPU.</summary>
internal static class Cpu
{
    /// <summary>As the system gives it; with family and model where it does, since virtual machines hide the number behind "AMD EPYC".</summary>
    public static string Name
    {
        get
        {
            if (!File.Exists("/proc/cpuinfo"))
                return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "unknown CPU";
            var fields = File.ReadLines("/proc/cpuinfo").TakeWhile(line => line.Length > 0).Select(line => line.Split(':', 2)).Where(pair => pair.Length == 2)
                .ToDictionary(pair => pair[0].Trim(), pair => pair[1].Trim());
            string Field(string name) => fields.GetValueOrDefault(name, "?");
            return $"{Field("model name")} (family {Field("cpu family")}, model {Field("model")})";
        }
    }
}
