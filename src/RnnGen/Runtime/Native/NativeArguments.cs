namespace RnnGen.Runtime;

/// <summary>
/// The checks of what C hands over. Each failure's text names the argument as the header does, what was expected and what came. An address that is neither null
/// nor misaligned is trusted.
/// </summary>
internal static class NativeArguments
{
    /// <summary>Checks an address.</summary>
    /// <param name="address">The address.</param>
    /// <param name="alignment">What it must be a multiple of.</param>
    /// <param name="name">The argument's name.</param>
    public static NativeStatus Pointer(nint address, int alignment, string name)
    {
        if (address == 0)
            return NativeErrors.Set(NativeStatus.NullArgument, $"{name}: expected a pointer, got NULL");
        return (address & (alignment - 1)) == 0
            ? NativeStatus.Ok
            : NativeErrors.Set(NativeStatus.Misaligned, $"{name}: expected a pointer that is a multiple of {alignment}, got 0x{address:x}");
    }

    /// <summary>Checks so many values of 4 bytes. Where none are expected, the address does not matter.</summary>
    /// <param name="address">Of the first.</param>
    /// <param name="length">The number of values.</param>
    /// <param name="expected">How many there must be.</param>
    /// <param name="name">The argument's name.</param>
    /// <param name="meaning">What <paramref name="expected"/> is: <c>output_size</c>.</param>
    public static NativeStatus Values(nint address, nuint length, long expected, string name, string meaning)
    {
        if (length != (nuint)expected)
            return NativeErrors.Set(NativeStatus.WrongLength, $"{name}: expected {expected} values ({meaning}), got {length}");
        return expected == 0 ? NativeStatus.Ok : Pointer(address, sizeof(float), name);
    }

    /// <summary>Checks whole time steps of values of 4 bytes, at least one.</summary>
    /// <param name="address">Of the first.</param>
    /// <param name="length">How many values there are.</param>
    /// <param name="size">Values per time step.</param>
    /// <param name="name">The argument's name.</param>
    /// <param name="meaning">What <paramref name="size"/> is: <c>input_size</c>.</param>
    public static NativeStatus Steps(nint address, nuint length, int size, string name, string meaning)
    {
        if (length == 0 || length > int.MaxValue || length % (nuint)size != 0)
            return NativeErrors.Set(
                NativeStatus.WrongLength, $"{name}: expected a positive multiple of {size} values ({meaning}), at most {int.MaxValue}, got {length}");
        return Pointer(address, sizeof(float), name);
    }
}
