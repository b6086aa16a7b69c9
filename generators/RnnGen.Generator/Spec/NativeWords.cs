namespace RnnGen.Generator.Spec;

/// <summary>Names that are taken in C.</summary>
internal static class NativeWords
{
    /// <summary>Of C from C89 to C23 and of C++ to C++26; what stddef.h and a program have; and words that GCC defines as macros.</summary>
    public static readonly HashSet<string> Language =
    [
        .. ("alignas alignof and and_eq asm assert auto bitand bitor bool break case catch char char16_t char32_t char8_t class co_await " +
            "co_return co_yield compl complex concept const const_cast consteval constexpr constinit continue contract_assert decltype default " +
            "delete do double dynamic_cast else enum explicit export extern false final float for friend goto i386 if imaginary import inline " +
            "int linux long main max_align_t module mutable namespace new noexcept not not_eq nullptr nullptr_t offsetof operator or or_eq " +
            "override private protected ptrdiff_t public register reinterpret_cast requires restrict return short signed size_t sizeof static " +
            "static_assert static_cast std struct switch template this thread_local throw true try typedef typeid typename typeof typeof_unqual " +
            "union unix unsigned using virtual void volatile wchar_t while xor xor_eq EOF I NULL").Split(' '),
    ];

    /// <summary>
    /// Headers of C and of POSIX, which the network's would hide, and functions and variables of theirs, which the network's type would meet.
    /// </summary>
    public static readonly HashSet<string> Library =
    [
        .. ("aio alloca assert byteswap complex cpio cpuid ctype dirent dlfcn elf endian err errno error fcntl features fenv float fmtmsg fnmatch " +
            "ftw getopt glob grp iconv inttypes io iso646 langinfo libgen limits link locale malloc math memory monetary mqueue ndbm netdb " +
            "nl_types poll process pthread pwd regex resolv sched search semaphore setjmp shadow signal spawn stdalign stdarg stdatomic stdbit " +
            "stdbool stdckdint stddef stdint stdio stdlib stdnoreturn string strings syslog tar termios tgmath threads time trace uchar ucontext " +
            "ulimit unistd utime utmp utmpx values wchar wctype windows wordexp").Split(' '),
        .. ("abort abs accept access acos alarm asctime asin atan atan2 atexit atof atoi atol bind brk bsearch calloc cbrt ceil chdir chmod chown " +
            "clearerr clock clone close connect cos cosh creat ctime daemon difftime div dup environ erf exit exp exp2 fabs fclose fdim feof " +
            "ferror fflush fgetc fgetpos fgets floor fma fmax fmin fmod fopen fork fprintf fputc fputs fread free freopen frexp fscanf fseek " +
            "fsetpos fstat ftell fwrite gamma getc getchar getenv gets gmtime htonl index isalnum isalpha iscntrl isdigit isgraph islower isprint " +
            "ispunct isspace isupper isxdigit j0 j1 jn kill labs ldexp ldiv listen localeconv localtime log log10 log2 logb longjmp lseek malloc " +
            "mblen memccpy memchr memcmp memcpy memmove memset mkdir mktime mmap modf mount nan nice open optarg opterr optind pause perror pipe " +
            "pow printf putc putchar puts qsort raise rand read realloc recv remove rename rewind rindex rint rmdir round scanf select send " +
            "setbuf setlocale setvbuf shutdown sin sinh sleep socket sprintf sqrt srand sscanf stat stderr stdin stdout stime strcat strchr " +
            "strcmp strcoll strcpy strcspn strdup strerror strftime strlen strncat strncmp strncpy strpbrk strrchr strspn strstr strtod strtok " +
            "strtol strtoul strxfrm sync system tan tanh times timezone tmpfile tmpnam tolower toupper trunc truncate tzname ungetc unlink " +
            "vfprintf vprintf vsprintf wait write y0 y1 yn").Split(' '),
    ];
}
