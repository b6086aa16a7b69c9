using RnnGen.Generator.Spec;
using RnnGen.Runtime;

namespace RnnGen.Generator.Planning;

/// <summary>A network as C sees it. Entry points, header and loader are printed from this one list of functions.</summary>
/// <param name="Prefix">What names begin with, also the type of a network's handle.</param>
/// <param name="Network">The network.</param>
/// <param name="Functions">In the order of the header.</param>
internal sealed record NativePlan(string Prefix, NetworkPlan Network, IReadOnlyList<NativeFunction> Functions);

/// <summary>A function that C calls.</summary>
/// <param name="Operation">What it is for.</param>
/// <param name="Body">What it does.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Refusals">The codes that it returns beside that of success and those that any function may; none where it returns no code.</param>
internal sealed record NativeFunction(
    NativeOperation Operation, NativeBody Body, IReadOnlyList<NativeParameter> Parameters, IReadOnlyList<NativeStatus> Refusals)
{
    /// <summary>Whether it returns a code; the others return a <c>size_t</c>.</summary>
    public bool ReturnsCode => Body is NativeBody.NetworkCall;

    /// <summary>How its output may lie to its input; null where it does not have both in memory.</summary>
    public NativeOverlap? Overlap { get; init; }

    /// <summary>The parameter that receives a new network; null where there is none.</summary>
    public NativeParameter? Created => Parameters.FirstOrDefault(parameter => parameter.Role == NativeRole.Created);
}

/// <summary>What an entry point does.</summary>
internal abstract record NativeBody
{
    /// <summary>It calls a method of the runtime's <c>NativeNetwork</c> with the function's parameters.</summary>
    /// <param name="Method">The method's name.</param>
    /// <param name="MakesDefault">Whether the method's first argument is what makes a network with the weights of the assembly.</param>
    public sealed record NetworkCall(string Method, bool MakesDefault = false) : NativeBody;

    /// <summary>It returns a size of the network.</summary>
    public sealed record Constant(int Value) : NativeBody;

    /// <summary>It copies the text of the calling thread's last failure.</summary>
    public sealed record CopyError : NativeBody;
}

/// <summary>A function's parameter.</summary>
/// <param name="Role">What it is.</param>
/// <param name="Type">Its type.</param>
/// <param name="Name">Its name in C: <c>input_length</c>.</param>
internal sealed record NativeParameter(NativeRole Role, NativeType Type, string Name);

/// <summary>What a function's parameter is to the function.</summary>
internal enum NativeRole
{
    Network,
    Created,
    File,
    FileLength,
    Path,
    Input,
    InputLength,
    Output,
    OutputLength,
    State,
    StateLength,
    Buffer,
    Capacity,
}

/// <summary>The types that parameters have in C.</summary>
internal enum NativeType
{
    /// <summary>A network's handle.</summary>
    Network,

    /// <summary>Where a network's handle is put.</summary>
    NetworkAddress,

    /// <summary>Memory that is read.</summary>
    Bytes,

    /// <summary>Text that is read.</summary>
    Text,

    /// <summary>Text that is written.</summary>
    TextBuffer,

    /// <summary>A class by its value.</summary>
    Class,

    /// <summary>Classes that are read.</summary>
    Classes,

    /// <summary>Floats that are read.</summary>
    Floats,

    /// <summary>Floats that are written.</summary>
    FloatBuffer,

    /// <summary>A length.</summary>
    Length,
}

/// <summary>How an output may lie to an input.</summary>
internal enum NativeOverlap
{
    /// <summary>In any way.</summary>
    Anywhere,

    /// <summary>Where each answer ends no later than its time step.</summary>
    NoLater,

    /// <summary>Apart from it.</summary>
    Nowhere,
}
