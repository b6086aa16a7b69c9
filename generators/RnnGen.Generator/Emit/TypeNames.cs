using System.Text;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Emit;

/// <summary>
/// Writes the short names of a file's code so that they mean what they are meant to, whatever the user's project has of such names, and collects the usings for
/// that. Usings inside the namespace are nearer than global ones, than those of the project's other namespaces, and than any type but those of the class and of
/// the namespace itself; a name that is taken there is written in full.
/// <para>
/// It reads the words of finished lines, and emitters do not ask it for each name, so that no emitter can forget to: in most projects such an omission would
/// compile. The words come from one closed table, a line has no literal or comment that goes on in the next one, and what stands in for a word never depends on
/// where it stands but for the three cases of <see cref="IsExcluded"/>. So every line of every file is covered, and the emitters' templates stay code that one can
/// read.
/// </para>
/// </summary>
internal sealed class TypeNames(NetworkSpec spec)
{
    private const string Global = "global::";

    // An attribute is looked up by this name and by MethodImplAttribute, unless an @ says that it is meant exactly.
    private const string Attribute = "MethodImpl";

    private readonly SortedSet<string> _aliases = new(StringComparer.Ordinal);
    private bool _usesVectors;

    /// <summary>Whether the file's usings stand before its namespace, because there is none: beside the project's global ones.</summary>
    private bool AtTop => spec.Namespace.Length == 0;

    /// <summary>Whether <c>var</c> is the name of a type.</summary>
    public bool NamesTypes => IsTaken(ShortNames.Inferred);

    /// <summary>The usings for what was written.</summary>
    public IEnumerable<string> Usings
    {
        get
        {
            if (_usesVectors)
                yield return $"using {Global}{ShortNames.Vectors};";
            foreach (string name in _aliases)
                yield return $"using {name} = {Global}{ShortNames.Find(name)};";
        }
    }

    /// <summary>A line of code as it must be written. Names in comments and in literals are left as they are.</summary>
    public string Write(string line)
    {
        StringBuilder? text = null;
        int copied = 0;
        for (int at = 0; at < line.Length;)
        {
            char character = line[at];
            if (character == '"')
                at = EndOfLiteral(line, at);
            else if (character == '/' && at + 1 < line.Length && line[at + 1] == '/')
                break;
            else if (!IsLetter(character))
                at = Math.Max(at + 1, LocalName.EndOf(line, at));
            else
            {
                int end = at + 1;
                while (end < line.Length && IsPartOfName(line[end]))
                    end++;
                string? written = IsExcluded(line, at, end) ? null : Name(line.Substring(at, end - at), end < line.Length && line[end] == '<');
                if (written is not null)
                {
                    (text ??= new StringBuilder(line.Length + written.Length)).Append(line, copied, at - copied).Append(written);
                    copied = end;
                }

                at = end;
            }
        }

        return text is null ? line : text.Append(line, copied, line.Length - copied).ToString();
    }

    /// <summary>A name as it must be written; null where that is as it is.</summary>
    private string? Name(string name, bool isGeneric)
    {
        if (ShortNames.Find(name) is not { } full)
            return null;
        if (IsTaken(name) || (isGeneric && AtTop))
            return Global + full;
        if (ShortNames.Keywords.Contains(name))
            return null;
        if (isGeneric)
            _usesVectors = true;
        else
            _aliases.Add(name);
        return name == Attribute ? "@" + name : null;
    }

    /// <summary>Whether it is a member of something, the name of an argument, or a name of the user's.</summary>
    private static bool IsExcluded(string line, int start, int end) =>
        (start > 0 && line[start - 1] is '.' or ':' or '@') || (end < line.Length && line[end] == ':' && !(end + 1 < line.Length && line[end + 1] == ':'));

    private bool IsTaken(string name) => spec.TakenNames.Contains(name);

    private static int EndOfLiteral(string line, int start)
    {
        int at = start + 1;
        while (at < line.Length && line[at] != '"')
            at += line[at] == '\\' ? 2 : 1;
        return at + 1;
    }

    private static bool IsLetter(char character) => char.IsLetter(character) || character == '_';

    private static bool IsPartOfName(char character) => char.IsLetterOrDigit(character) || character == '_';
}
