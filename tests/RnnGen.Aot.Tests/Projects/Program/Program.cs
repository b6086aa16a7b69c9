using System.Runtime.InteropServices;
using RnnGen;

// With a folder and a library's name: what the best level of that library says. Otherwise: what this program runs.
if (args is [string folder, string library])
{
    NativeLevels.Use(typeof(Recognizer).Assembly, library, folder);
    Console.WriteLine(Path.GetFileName(NativeLevels.Find(folder, library)));
    Console.WriteLine(Levels.Active());
    return;
}

using var first = new Recognizer(seed: 1);
using var second = new Recognizer(seed: 1);
float[] outputs = new float[Recognizer.OutputSize];
second.Step([1, 2, 3, 4], outputs);
Console.WriteLine($"{Simd.Active} {Simd.Best} {(outputs.All(float.IsFinite) ? "finite" : "not finite")}");
foreach (string name in typeof(Recognizer).Assembly.GetManifestResourceNames())
    Console.WriteLine(name);

[Network(4)]
[Lstm(16)]
[Dense(2)]
#if WITH_EXPORT
[NativeExport("recognizer")]
#endif
internal sealed partial class Recognizer;

internal static class Levels
{
    [DllImport("levels", EntryPoint = "levels_active")]
    public static extern int Active();
}
