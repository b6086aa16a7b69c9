using System.Text.RegularExpressions;

namespace RnnGen.Aot.Tests.Infrastructure;

/// <summary>A root directory that holds a program, the libraries that it is linked with, and nothing else: neither ICU nor /proc nor /etc.</summary>
internal sealed partial class BareRoot
{
    private static readonly Lazy<string[]?> Tool = new(FindTool);
    private readonly string _folder = TemporaryFolder.New("root");

    /// <summary>Makes it, or skips the test where no other root can be entered.</summary>
    /// <param name="files">What lies in it.</param>
    public BareRoot(params string[] files)
    {
        Skip.If(Tool.Value is null, "neither chroot nor unshare --map-root-user chroot works here: no root without ICU can be entered");
        Directory.CreateDirectory(Path.Combine(_folder, "tmp"));
        foreach (string file in files)
        {
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
            foreach (Match library in LibraryPattern().Matches(Execution.Run("ldd", [file]).Output))
            {
                string path = library.Value, copy = _folder + path;
                if (Path.GetDirectoryName(path) == "/" || File.Exists(copy))
                    continue; // One of the files themselves, which the program looks for in the root.
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(path, copy);
            }
        }

        Assert.DoesNotContain(Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories), file => file.Contains("icu", StringComparison.Ordinal));
    }

    /// <summary>Runs one of its programs.</summary>
    /// <param name="arguments">The program's path in the root, and its arguments.</param>
    public Execution Run(params string[] arguments) => Execution.Run(Tool.Value![0], [.. Tool.Value[1..], _folder, .. arguments]);

    private static string[]? FindTool()
    {
        string[][] tools = [["/usr/sbin/chroot"], ["/usr/bin/unshare", "--map-root-user", "/usr/sbin/chroot"]];
        return tools.FirstOrDefault(tool =>
            File.Exists(tool[0]) && File.Exists(tool[^1]) && Execution.Run(tool[0], [.. tool[1..], "/", "/bin/true"]).ExitCode == 0);
    }

    [GeneratedRegex(@"(?<=\s)/\S+\.so\S*")]
    private static partial Regex LibraryPattern();
}
