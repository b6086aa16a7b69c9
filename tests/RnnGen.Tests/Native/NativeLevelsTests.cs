using System.Runtime.InteropServices;
using RnnGen.Tests.Simd;

namespace RnnGen.Tests.Native;

/// <summary>Which of a folder's libraries a CPU is given; that they run is what the tests with NativeAOT show.</summary>
public sealed class NativeLevelsTests : IDisposable
{
    private static readonly string Extension = OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rnngen-tests-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Each_cpu_is_given_the_best_that_it_runs()
    {
        Add(".x86-64-v2", ".x86-64-v3", ".x86-64-v4", "");
        Assert.Equal("digits.x86-64-v2", Find(Cpus.Nehalem));
        Assert.Equal("digits.x86-64-v3", Find(Cpus.Haswell));
        Assert.Equal("digits.x86-64-v3", Find(Cpus.SkylakeServer));
        Assert.Equal("digits.x86-64-v4", Find(Cpus.Zen4));
        Assert.Equal("digits", Find(default, Architecture.Arm64));
    }

    [Fact]
    public void A_level_that_is_not_there_gives_way_to_the_one_below()
    {
        Add(".x86-64-v2", ".x86-64-v3");
        Assert.Equal("digits.x86-64-v3", Find(Cpus.Zen4));
    }

    [Fact]
    public void The_exception_names_the_folder_and_the_files()
    {
        Add(".x86-64-v4");
        string message = Assert.Throws<DllNotFoundException>(() => Find(Cpus.Haswell)).Message;
        Assert.Contains($"'{_folder.FullName}'", message, StringComparison.Ordinal);
        Assert.Contains($"expected one of digits.x86-64-v3{Extension}, digits.x86-64-v2{Extension}", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Empty_arguments_are_refused()
    {
        Assert.Throws<ArgumentException>("folder", () => NativeLevels.Find("", "digits"));
        Assert.Throws<ArgumentException>("library", () => NativeLevels.Load(_folder.FullName, ""));
        Assert.Throws<ArgumentException>("library", () => NativeLevels.Use(typeof(NativeLevelsTests).Assembly, ""));
        Assert.Throws<ArgumentNullException>("assembly", () => NativeLevels.Use(null!, "digits"));
    }

    private void Add(params string[] levels)
    {
        foreach (string level in levels)
            File.WriteAllText(Path.Combine(_folder.FullName, $"digits{level}{Extension}"), "");
    }

    private string Find(Cpu cpu, Architecture architecture = Architecture.X64) =>
        Path.GetFileNameWithoutExtension(NativeLevels.Find(_folder.FullName, "digits", architecture, cpu));
}
