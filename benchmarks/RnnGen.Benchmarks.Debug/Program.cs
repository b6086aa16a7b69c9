extern alias optimised;
extern alias unoptimised;

using System.Globalization;
using System.Runtime.InteropServices;
using RnnGen.Benchmarks.Quick;

const double SecondsEach = 1;

var release = optimised::RnnGen.Benchmarks.Debug.Codes.All();
var debug = unoptimised::RnnGen.Benchmarks.Debug.Codes.All();
var table = new MarkdownTable("", "Release, µs", "Debug, µs", "Debug / Release");
foreach (var (fast, slow) in release.Zip(debug))
{
    Timing[] times = Timing.Of(SecondsEach, fast.Code, slow.Code);
    table.Add(fast.Name, $"{times[0].Minimum * 1e6:F2}", $"{times[1].Minimum * 1e6:F2}", $"{times[1].Minimum / times[0].Minimum:F1}");
}

string text = string.Create(CultureInfo.InvariantCulture, $"""
    {Cpu.Name}, {RnnGen.Simd.Active}; {RuntimeInformation.FrameworkDescription}; {DateTime.UtcNow:yyyy-MM-dd}.
    `dotnet run -c Release --project benchmarks/RnnGen.Benchmarks.Debug`

    {table}
    The same networks compiled with optimisation and without it, as Release and Debug builds of a project do; the library of the package is optimised in both.
    Minima of many short runs by turns, single-threaded.

    """);
if (args is ["--out", string path])
    File.WriteAllText(path, text);
Console.Write(text);
