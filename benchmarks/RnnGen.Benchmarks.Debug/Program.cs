extern alias debug;
extern alias optimised;
extern alias unoptimised;

using System.Globalization;
using System.Runtime.InteropServices;
using RnnGen.Benchmarks.Quick;

const double SecondsEach = 1;

var builds = optimised::RnnGen.Benchmarks.Debug.Codes.All().Zip(debug::RnnGen.Benchmarks.Debug.Codes.All(), unoptimised::RnnGen.Benchmarks.Debug.Codes.All());
var table = new MarkdownTable("", "Release, µs", "Debug, µs", "/ Release", "Debug with RnnGenOptimizeDebug=false, µs", "/ Release");
foreach (var (release, debug, plain) in builds)
{
    Timing[] times = Timing.Of(SecondsEach, release.Code, debug.Code, plain.Code);
    double[] minima = [.. times.Select(time => time.Minimum)];
    table.Add(
        release.Name, $"{minima[0] * 1e6:F2}", $"{minima[1] * 1e6:F2}", $"{minima[1] / minima[0]:F2}", $"{minima[2] * 1e6:F2}", $"{minima[2] / minima[0]:F1}");
}

string text = string.Create(CultureInfo.InvariantCulture, $"""
    {Cpu.Name}, {RnnGen.Simd.Active}; {RuntimeInformation.FrameworkDescription}; {DateTime.UtcNow:yyyy-MM-dd}.
    `dotnet run -c Release --project benchmarks/RnnGen.Benchmarks.Debug`

    {table}
    The same networks in three assemblies: as a Release build of a project compiles them, as a Debug build from a command line does, and as one without
    RnnGenOptimizeDebug does ([docs](../../../../docs/guides/debug.md)). The library of the package is optimised in all. Minima of many short runs by turns,
    single-threaded.

    """);
if (args is ["--out", string path])
    File.WriteAllText(path, text);
Console.Write(text);
